"""pre tenants

Revision ID: 0013
Revises: 0012
"""

import sqlalchemy as sa
from alembic import op


revision = '0013'
down_revision = '0012'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('tenant_region',
    sa.Column('platform', sa.String(length=10), nullable=False),
    sa.Column('tenant', sa.String(length=80), nullable=False),
    sa.Column('region_id', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['region_id'], ['region.id'], name=op.f('fk_tenant_region_region_id')),
    sa.PrimaryKeyConstraint('platform', 'tenant', 'region_id', name=op.f('pk_tenant_region'))
    )


def downgrade() -> None:
    op.drop_table('tenant_region')
