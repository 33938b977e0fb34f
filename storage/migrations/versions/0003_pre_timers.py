"""Rules that are to be looked at later; letters know whom they are for.

Revision ID: 0003
Revises: 0002
"""
from __future__ import annotations

import sqlalchemy as sa
from alembic import op

import storage.tables

revision = '0003'
down_revision = '0002'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('timer',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('kind', sa.String(length=40), nullable=False),
    sa.Column('subject', sa.String(length=80), nullable=False),
    sa.Column('key', sa.String(length=120), server_default='', nullable=False),
    sa.Column('wall', sa.DateTime(), nullable=True),
    sa.Column('zone', sa.String(length=40), nullable=False),
    sa.Column('due_at', storage.tables.Moment(timezone=True), nullable=False),
    sa.Column('run_at', storage.tables.Moment(timezone=True), nullable=False),
    sa.Column('facts', sa.JSON(), nullable=False),
    sa.Column('person_id', sa.Integer(), nullable=True),
    sa.Column('state', sa.String(length=10), server_default='pending', nullable=False),
    sa.Column('attempts', sa.Integer(), server_default='0', nullable=False),
    sa.Column('error', sa.String(length=300), nullable=True),
    sa.CheckConstraint("state in ('pending','done','cancelled','dead')", name=op.f('ck_timer_state')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_timer')),
    sa.UniqueConstraint('kind', 'subject', 'key', name=op.f('uq_timer_kind_subject_key'))
    )
    op.create_index('ix_timer_due', 'timer', ['run_at'], sqlite_where=sa.text("state = 'pending'"), postgresql_where=sa.text("state = 'pending'"))
    op.create_index('ix_timer_subject', 'timer', ['subject'])
    op.create_index('ix_timer_person', 'timer', ['person_id', 'due_at'])
    op.add_column('outbox', sa.Column('person_id', sa.Integer(), nullable=True))
    op.add_column('outbox', sa.Column('subject', sa.String(length=80), nullable=True))
    op.add_column('outbox', sa.Column('made_at', storage.tables.Moment(timezone=True), nullable=True))
