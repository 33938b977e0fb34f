"""pre rounds

Revision ID: 0011
Revises: 0010
"""

import sqlalchemy as sa
from alembic import op

import storage.tables


revision = '0011'
down_revision = '0010'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('question_round',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('region_id', sa.Integer(), nullable=False),
    sa.Column('title', sa.String(length=200), nullable=False),
    sa.Column('deadline', sa.JSON(), nullable=False),
    sa.Column('last_day', sa.Date(), nullable=True),
    sa.Column('made_by', sa.Integer(), nullable=False),
    sa.Column('made_at', storage.tables.Moment(timezone=True), nullable=False),
    sa.Column('state', sa.String(length=10), server_default='open', nullable=False),
    sa.CheckConstraint("state in ('open','closed')", name=op.f('ck_question_round_state')),
    sa.ForeignKeyConstraint(['region_id'], ['region.id'], name=op.f('fk_question_round_region_id')),
    sa.ForeignKeyConstraint(['made_by'], ['person.id'], name=op.f('fk_question_round_made_by')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_question_round'))
    )
    op.create_index(op.f('ix_question_round_region_id'), 'question_round', ['region_id'])
    op.create_table('round_question',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('round_id', sa.Integer(), nullable=False),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.Column('text', sa.String(length=1000), nullable=False),
    sa.ForeignKeyConstraint(['round_id'], ['question_round.id'], name=op.f('fk_round_question_round_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_round_question')),
    sa.UniqueConstraint('round_id', 'position', name=op.f('uq_round_question_round_id_position'))
    )
    op.create_table('round_municipality',
    sa.Column('round_id', sa.Integer(), nullable=False),
    sa.Column('municipality_id', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['round_id'], ['question_round.id'], name=op.f('fk_round_municipality_round_id')),
    sa.ForeignKeyConstraint(['municipality_id'], ['municipality.id'], name=op.f('fk_round_municipality_municipality_id')),
    sa.PrimaryKeyConstraint('round_id', 'municipality_id', name=op.f('pk_round_municipality'))
    )
    op.create_table('round_answer',
    sa.Column('question_id', sa.Integer(), nullable=False),
    sa.Column('municipality_id', sa.Integer(), nullable=False),
    sa.Column('text', sa.String(length=3000), nullable=False),
    sa.Column('person_id', sa.Integer(), nullable=False),
    sa.Column('at', storage.tables.Moment(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['question_id'], ['round_question.id'], name=op.f('fk_round_answer_question_id')),
    sa.ForeignKeyConstraint(['municipality_id'], ['municipality.id'], name=op.f('fk_round_answer_municipality_id')),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_round_answer_person_id')),
    sa.PrimaryKeyConstraint('question_id', 'municipality_id', name=op.f('pk_round_answer'))
    )


def downgrade() -> None:
    op.drop_table('round_answer')
    op.drop_table('round_municipality')
    op.drop_table('round_question')
    op.drop_table('question_round')
