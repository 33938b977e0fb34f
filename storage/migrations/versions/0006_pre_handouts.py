"""pre handouts

Revision ID: 0006
Revises: 0005
"""

import sqlalchemy as sa
from alembic import op

import storage.tables


revision = '0006'
down_revision = '0005'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('handout',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('name', sa.String(length=200), nullable=False),
    sa.Column('mime', sa.String(length=120), nullable=False),
    sa.Column('content', sa.LargeBinary(), nullable=False),
    sa.Column('expires_at', storage.tables.Moment(timezone=True), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_handout'))
    )
    op.create_index(op.f('ix_handout_expires_at'), 'handout', ['expires_at'])


def downgrade() -> None:
    op.drop_index(op.f('ix_handout_expires_at'), table_name='handout')
    op.drop_table('handout')
