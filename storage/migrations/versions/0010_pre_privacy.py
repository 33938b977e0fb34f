"""pre privacy

Revision ID: 0010
Revises: 0009
"""

import sqlalchemy as sa
from alembic import op

import storage.tables


revision = '0010'
down_revision = '0009'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('erasure',
    sa.Column('person_id', sa.Integer(), nullable=False),
    sa.Column('at', storage.tables.Moment(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_erasure_person_id')),
    sa.PrimaryKeyConstraint('person_id', name=op.f('pk_erasure'))
    )
    op.create_table('retention',
    sa.Column('region_id', sa.Integer(), nullable=False),
    sa.Column('class', sa.String(length=20), nullable=False),
    sa.Column('days', sa.Integer(), nullable=False),
    sa.Column('reference', sa.String(length=120), nullable=False),
    sa.Column('decided_on', sa.Date(), nullable=False),
    sa.CheckConstraint('days > 0', name=op.f('ck_retention_days')),
    sa.CheckConstraint("reference <> ''", name=op.f('ck_retention_reference')),
    sa.ForeignKeyConstraint(['region_id'], ['region.id'], name=op.f('fk_retention_region_id')),
    sa.PrimaryKeyConstraint('region_id', 'class', name=op.f('pk_retention'))
    )


def downgrade() -> None:
    op.drop_table('retention')
    op.drop_table('erasure')
