"""Mandates, their reports and deadlines; feedback between bodies.

Revision ID: 0004
Revises: 0003
"""
from __future__ import annotations

import sqlalchemy as sa
from alembic import op

import storage.tables

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('goal',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('body_id', sa.Integer(), nullable=False),
    sa.Column('number', sa.Integer(), nullable=False),
    sa.Column('title', sa.String(length=300), server_default='', nullable=False),
    sa.ForeignKeyConstraint(['body_id'], ['body.id'], name=op.f('fk_goal_body_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_goal')),
    sa.UniqueConstraint('body_id', 'number', name=op.f('uq_goal_body_id_number'))
    )
    op.create_table('mandate',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('region_id', sa.Integer(), nullable=False),
    sa.Column('title', sa.String(length=300), nullable=False),
    sa.Column('short', sa.String(length=60), nullable=False),
    sa.Column('text', sa.String(length=3000), server_default='', nullable=False),
    sa.Column('items', sa.JSON(), server_default='[]', nullable=False),
    sa.Column('giver_id', sa.Integer(), nullable=False),
    sa.Column('contact_id', sa.Integer(), nullable=True),
    sa.Column('made_by', sa.Integer(), nullable=True),
    sa.Column('given_on', sa.Date(), nullable=False),
    sa.ForeignKeyConstraint(['contact_id'], ['person.id'], name=op.f('fk_mandate_contact_id')),
    sa.ForeignKeyConstraint(['giver_id'], ['body.id'], name=op.f('fk_mandate_giver_id')),
    sa.ForeignKeyConstraint(['made_by'], ['person.id'], name=op.f('fk_mandate_made_by')),
    sa.ForeignKeyConstraint(['region_id'], ['region.id'], name=op.f('fk_mandate_region_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_mandate'))
    )
    with op.batch_alter_table('mandate', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_mandate_giver_id'), ['giver_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_mandate_region_id'), ['region_id'], unique=False)

    op.create_table('feedback',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('region_id', sa.Integer(), nullable=False),
    sa.Column('from_id', sa.Integer(), nullable=False),
    sa.Column('to_id', sa.Integer(), nullable=False),
    sa.Column('text', sa.String(length=3000), nullable=False),
    sa.Column('reach', sa.String(length=10), nullable=False),
    sa.Column('meeting_id', sa.Integer(), nullable=True),
    sa.Column('person_id', sa.Integer(), nullable=False),
    sa.Column('at', storage.tables.Moment(timezone=True), nullable=False),
    sa.Column('state', sa.String(length=10), server_default='open', nullable=False),
    sa.Column('done_by', sa.Integer(), nullable=True),
    sa.Column('done_on', sa.Date(), nullable=True),
    sa.CheckConstraint("reach in ('chair','channel')", name=op.f('ck_feedback_reach')),
    sa.CheckConstraint("state in ('open','done')", name=op.f('ck_feedback_state')),
    sa.ForeignKeyConstraint(['done_by'], ['person.id'], name=op.f('fk_feedback_done_by')),
    sa.ForeignKeyConstraint(['from_id'], ['body.id'], name=op.f('fk_feedback_from_id')),
    sa.ForeignKeyConstraint(['meeting_id'], ['meeting.id'], name=op.f('fk_feedback_meeting_id')),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_feedback_person_id')),
    sa.ForeignKeyConstraint(['region_id'], ['region.id'], name=op.f('fk_feedback_region_id')),
    sa.ForeignKeyConstraint(['to_id'], ['body.id'], name=op.f('fk_feedback_to_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_feedback'))
    )
    with op.batch_alter_table('feedback', schema=None) as batch_op:
        batch_op.create_index('ix_feedback_region_state', ['region_id', 'state'], unique=False)

    op.create_table('mandate_goal',
    sa.Column('mandate_id', sa.Integer(), nullable=False),
    sa.Column('goal_id', sa.Integer(), nullable=False),
    sa.Column('priority', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['goal_id'], ['goal.id'], name=op.f('fk_mandate_goal_goal_id')),
    sa.ForeignKeyConstraint(['mandate_id'], ['mandate.id'], name=op.f('fk_mandate_goal_mandate_id')),
    sa.PrimaryKeyConstraint('mandate_id', 'goal_id', name=op.f('pk_mandate_goal'))
    )
    op.create_table('mandate_owner',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('mandate_id', sa.Integer(), nullable=False),
    sa.Column('body_id', sa.Integer(), nullable=True),
    sa.Column('municipality_id', sa.Integer(), nullable=True),
    sa.Column('person_id', sa.Integer(), nullable=True),
    sa.CheckConstraint('body_id is not null or person_id is not null', name=op.f('ck_mandate_owner_somebody')),
    sa.ForeignKeyConstraint(['body_id'], ['body.id'], name=op.f('fk_mandate_owner_body_id')),
    sa.ForeignKeyConstraint(['mandate_id'], ['mandate.id'], name=op.f('fk_mandate_owner_mandate_id')),
    sa.ForeignKeyConstraint(['municipality_id'], ['municipality.id'], name=op.f('fk_mandate_owner_municipality_id')),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_mandate_owner_person_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_mandate_owner'))
    )
    with op.batch_alter_table('mandate_owner', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_mandate_owner_body_id'), ['body_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_mandate_owner_mandate_id'), ['mandate_id'], unique=False)

    op.create_table('report',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('owner_id', sa.Integer(), nullable=False),
    sa.Column('kind', sa.String(length=10), nullable=False),
    sa.Column('deadline', sa.JSON(), nullable=False),
    sa.Column('last_day', sa.Date(), nullable=True),
    sa.Column('given_on', sa.Date(), nullable=False),
    sa.Column('state', sa.String(length=12), server_default='coming', nullable=False),
    sa.Column('returned_on', sa.Date(), nullable=True),
    sa.CheckConstraint("kind in ('interim','final','next')", name=op.f('ck_report_kind')),
    sa.CheckConstraint("state in ('coming','handed_in','returned','acknowledged')", name=op.f('ck_report_state')),
    sa.ForeignKeyConstraint(['owner_id'], ['mandate_owner.id'], name=op.f('fk_report_owner_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_report')),
    sa.UniqueConstraint('owner_id', 'kind', name=op.f('uq_report_owner_id_kind'))
    )
    with op.batch_alter_table('report', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_report_last_day'), ['last_day'], unique=False)
        batch_op.create_index(batch_op.f('ix_report_owner_id'), ['owner_id'], unique=False)

    op.create_table('deadline_change',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('report_id', sa.Integer(), nullable=False),
    sa.Column('old', sa.JSON(), nullable=False),
    sa.Column('new', sa.JSON(), nullable=False),
    sa.Column('reason', sa.String(length=1000), server_default='', nullable=False),
    sa.Column('state', sa.String(length=10), server_default='asked', nullable=False),
    sa.Column('asked_by', sa.Integer(), nullable=False),
    sa.Column('asked_at', storage.tables.Moment(timezone=True), nullable=False),
    sa.Column('decided_by', sa.Integer(), nullable=True),
    sa.Column('decided_at', storage.tables.Moment(timezone=True), nullable=True),
    sa.CheckConstraint("state in ('asked','granted','declined')", name=op.f('ck_deadline_change_state')),
    sa.ForeignKeyConstraint(['asked_by'], ['person.id'], name=op.f('fk_deadline_change_asked_by')),
    sa.ForeignKeyConstraint(['decided_by'], ['person.id'], name=op.f('fk_deadline_change_decided_by')),
    sa.ForeignKeyConstraint(['report_id'], ['report.id'], name=op.f('fk_deadline_change_report_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_deadline_change'))
    )
    with op.batch_alter_table('deadline_change', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_deadline_change_report_id'), ['report_id'], unique=False)
        batch_op.create_index('ix_deadline_change_state', ['state'], unique=False)

    op.create_table('report_step',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('report_id', sa.Integer(), nullable=False),
    sa.Column('step', sa.String(length=12), nullable=False),
    sa.Column('words', sa.String(length=3000), server_default='', nullable=False),
    sa.Column('person_id', sa.Integer(), nullable=False),
    sa.Column('at', storage.tables.Moment(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_report_step_person_id')),
    sa.ForeignKeyConstraint(['report_id'], ['report.id'], name=op.f('fk_report_step_report_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_report_step'))
    )
    with op.batch_alter_table('report_step', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_report_step_report_id'), ['report_id'], unique=False)

    op.create_table('report_told',
    sa.Column('report_id', sa.Integer(), nullable=False),
    sa.Column('last_day', sa.Date(), nullable=False),
    sa.Column('rung', sa.String(length=10), nullable=False),
    sa.Column('day', sa.Date(), nullable=False),
    sa.ForeignKeyConstraint(['report_id'], ['report.id'], name=op.f('fk_report_told_report_id')),
    sa.PrimaryKeyConstraint('report_id', 'last_day', 'rung', name=op.f('pk_report_told'))
    )
