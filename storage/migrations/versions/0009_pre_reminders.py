"""What people asked to be reminded of, and when bodies and people want to be.

Revision ID: 0009
Revises: 0008
"""
from __future__ import annotations

import sqlalchemy as sa
from alembic import op

import storage.tables

revision = '0009'
down_revision = '0008'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('reminder',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('person_id', sa.Integer(), nullable=False),
    sa.Column('about', sa.String(length=300), nullable=False),
    sa.Column('made_at', storage.tables.Moment(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_reminder_person_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_reminder'))
    )
    op.create_index(op.f('ix_reminder_person_id'), 'reminder', ['person_id'])
    op.create_table('reminders_off',
    sa.Column('person_id', sa.Integer(), nullable=False),
    sa.Column('since', storage.tables.Moment(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_reminders_off_person_id')),
    sa.PrimaryKeyConstraint('person_id', name=op.f('pk_reminders_off'))
    )
    op.create_table('reminder_days',
    sa.Column('body_id', sa.Integer(), nullable=False),
    sa.Column('days', sa.JSON(), nullable=False),
    sa.ForeignKeyConstraint(['body_id'], ['body.id'], name=op.f('fk_reminder_days_body_id')),
    sa.PrimaryKeyConstraint('body_id', name=op.f('pk_reminder_days'))
    )
