"""Letters have lanes, leases, doubts; lanes have limits.

Revision ID: 0007
Revises: 0006
"""
from __future__ import annotations

import sqlalchemy as sa
from alembic import op

import storage.tables

revision = '0007'
down_revision = '0006'
branch_labels = None
depends_on = None

STATES = "state in ('pending','sending','sent','unsure','dead','skipped','expired','cancelled')"
Moment = storage.tables.Moment


def upgrade() -> None:
    op.create_table('lane',
    sa.Column('name', sa.String(length=240), nullable=False),
    sa.Column('ready_at', Moment(timezone=True), nullable=False),
    sa.Column('blocked_until', Moment(timezone=True), nullable=True),
    sa.Column('reason', sa.String(length=20), nullable=True),
    sa.PrimaryKeyConstraint('name', name=op.f('pk_lane'))
    )
    op.drop_index('ix_outbox_due', table_name='outbox')
    with op.batch_alter_table('outbox', schema=None) as batch_op:
        batch_op.drop_constraint(op.f('ck_outbox_state'), type_='check')
        batch_op.create_check_constraint(op.f('ck_outbox_state'), STATES)
        batch_op.add_column(sa.Column('lane', sa.String(length=240), server_default='', nullable=False))
        batch_op.add_column(sa.Column('stage', sa.Integer(), server_default='0', nullable=False))
        batch_op.add_column(sa.Column('fold', sa.Boolean(), server_default=sa.text('false'), nullable=False))
        batch_op.add_column(sa.Column('expires_at', Moment(timezone=True), nullable=True))
        batch_op.add_column(sa.Column('owner', sa.String(length=40), nullable=True))
        batch_op.add_column(sa.Column('lease_until', Moment(timezone=True), nullable=True))
        batch_op.add_column(sa.Column('failures', sa.Integer(), server_default='0', nullable=False))
        batch_op.add_column(sa.Column('doubts', sa.Integer(), server_default='0', nullable=False))
        batch_op.add_column(sa.Column('tried', sa.JSON(), server_default='[]', nullable=False))
    op.create_index('ix_outbox_due', 'outbox', ['run_at', 'id'], sqlite_where=sa.text("state in ('pending','unsure')"), postgresql_where=sa.text("state in ('pending','unsure')"))
    op.create_index('ix_outbox_lease', 'outbox', ['lease_until'], sqlite_where=sa.text("state = 'sending'"), postgresql_where=sa.text("state = 'sending'"))
    op.create_index('ix_outbox_subject', 'outbox', ['subject'])
    op.create_index('ix_outbox_person', 'outbox', ['person_id'])
    # what was being sent when the older program stopped is unsure
    op.execute("update outbox set lease_until = run_at where state = 'sending'")
