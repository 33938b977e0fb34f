"""pre files

Revision ID: 0002
Revises: 0001
"""

import sqlalchemy as sa
from alembic import op

import storage.tables


revision = '0002'
down_revision = '0001'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        'file',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('person_id', sa.Integer(), nullable=False),
        sa.Column('name', sa.String(length=120), nullable=False),
        sa.Column('kind', sa.String(length=20), nullable=False),
        sa.Column('size', sa.Integer(), nullable=False),
        sa.Column('sha256', sa.String(length=64), nullable=False),
        sa.Column('content', sa.LargeBinary(), nullable=False),
        sa.Column('paragraphs', sa.JSON(), nullable=False),
        sa.Column('problem', sa.String(length=20), server_default='', nullable=False),
        sa.Column('subject', sa.String(length=80), nullable=True),
        sa.Column('at', storage.tables.Moment(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_file_person_id')),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_file')),
    )
    with op.batch_alter_table('file', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_file_person_id'), ['person_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_file_subject'), ['subject'], unique=False)
        batch_op.create_index(
            'ix_file_loose', ['at'], unique=False,
            sqlite_where=sa.text('subject IS NULL'), postgresql_where=sa.text('subject IS NULL'),
        )
