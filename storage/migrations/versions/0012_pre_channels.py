"""pre channels

Revision ID: 0012
Revises: 0011
"""

import sqlalchemy as sa
from alembic import op

import storage.tables


revision = '0012'
down_revision = '0011'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('channel',
    sa.Column('platform', sa.String(length=10), nullable=False),
    sa.Column('tenant', sa.String(length=80), nullable=False),
    sa.Column('conversation', sa.String(length=300), nullable=False),
    sa.Column('body_id', sa.Integer(), nullable=False),
    sa.Column('tied_at', storage.tables.Moment(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['body_id'], ['body.id'], name=op.f('fk_channel_body_id')),
    sa.PrimaryKeyConstraint('platform', 'tenant', 'conversation', name=op.f('pk_channel'))
    )
    op.create_index(op.f('ix_channel_body_id'), 'channel', ['body_id'])


def downgrade() -> None:
    op.drop_index(op.f('ix_channel_body_id'), table_name='channel')
    op.drop_table('channel')
