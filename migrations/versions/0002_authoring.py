"""Authoring in depth: proposals, invitations, budgets, exports, sources that were replaced, changes taken back."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "exports",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("course_id", sa.Uuid(), nullable=False),
        sa.Column("user_id", sa.Uuid(), nullable=False),
        sa.Column("format", sa.Text(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("filename", sa.Text(), nullable=False),
        sa.Column("media_type", sa.Text(), nullable=False),
        sa.Column("object_name", sa.Text(), nullable=False),
        sa.Column("generation", sa.BigInteger(), nullable=False),
        sa.Column("size_bytes", sa.BigInteger(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.ForeignKeyConstraint(
            ["course_id"], ["courses.id"], name=op.f("fk_exports_course_id_courses"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name=op.f("fk_exports_user_id_users"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_exports")),
    )
    op.create_index(op.f("ix_exports_course_id"), "exports", ["course_id"], unique=False)
    op.create_table(
        "invitations",
        sa.Column("course_id", sa.Uuid(), nullable=False),
        sa.Column("email", sa.Text(), nullable=False),
        sa.Column("invited_by", sa.Uuid(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.ForeignKeyConstraint(
            ["course_id"], ["courses.id"], name=op.f("fk_invitations_course_id_courses"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["invited_by"], ["users.id"], name=op.f("fk_invitations_invited_by_users"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("course_id", "email", name=op.f("pk_invitations")),
    )
    op.create_index(op.f("ix_invitations_email"), "invitations", ["email"], unique=False)
    op.create_table(
        "proposals",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("course_id", sa.Uuid(), nullable=False),
        sa.Column("thread_id", sa.Text(), nullable=True),
        sa.Column("author_id", sa.Uuid(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("base", sa.Integer(), nullable=False),
        sa.Column("sentence", sa.Text(), nullable=False),
        sa.Column("changes", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("decided_by", sa.Uuid(), nullable=True),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("revision", sa.Integer(), nullable=True),
        sa.CheckConstraint("state IN ('open', 'accepted', 'declined')", name=op.f("ck_proposals_state")),
        sa.ForeignKeyConstraint(
            ["author_id"], ["users.id"], name=op.f("fk_proposals_author_id_users"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["course_id"], ["courses.id"], name=op.f("fk_proposals_course_id_courses"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["decided_by"], ["users.id"], name=op.f("fk_proposals_decided_by_users"), ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_proposals")),
    )
    op.create_index(op.f("ix_proposals_course_id"), "proposals", ["course_id"], unique=False)
    op.create_table(
        "draft_failures",
        sa.Column("lesson_id", sa.Uuid(), nullable=False),
        sa.Column("course_id", sa.Uuid(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.ForeignKeyConstraint(
            ["course_id"], ["courses.id"], name=op.f("fk_draft_failures_course_id_courses"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("lesson_id", name=op.f("pk_draft_failures")),
    )
    op.create_index(op.f("ix_draft_failures_course_id"), "draft_failures", ["course_id"], unique=False)
    op.create_table(
        "holds",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("course_id", sa.Uuid(), nullable=False),
        sa.Column("usd", sa.Numeric(precision=18, scale=10), nullable=False),
        sa.Column("until", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.ForeignKeyConstraint(
            ["course_id"], ["courses.id"], name=op.f("fk_holds_course_id_courses"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_holds")),
    )
    op.create_index(op.f("ix_holds_course_id"), "holds", ["course_id"], unique=False)
    # A few tokens embedded cost less than a millionth of a dollar; what is not known is null.
    op.alter_column("usage", "cost_usd", type_=sa.Numeric(precision=18, scale=10), nullable=True)
    op.add_column("conversations", sa.Column("review", sa.Boolean(), server_default=sa.text("false"), nullable=False))
    op.add_column("courses", sa.Column("budget_usd", sa.Numeric(precision=12, scale=2), nullable=True))
    op.add_column("members", sa.Column("told_at", sa.DateTime(timezone=True), nullable=True))
    op.execute("UPDATE members SET told_at = since")
    op.add_column("revisions", sa.Column("undone_by", sa.Integer(), nullable=True))
    op.add_column("revisions", sa.Column("redoes", sa.Integer(), nullable=True))
    op.add_column("revisions", sa.Column("back_to", sa.Integer(), nullable=True))
    op.add_column("revisions", sa.Column("turns", postgresql.JSONB(none_as_null=True), nullable=True))
    _tell_redos_from_undos()
    op.create_index("ix_revisions_course_id_at", "revisions", ["course_id", "at"], unique=False)
    _index_revisions("standing", "undoes IS NULL AND redoes IS NULL AND undone_by IS NULL")
    _index_revisions("undos", "undoes IS NOT NULL AND undone_by IS NULL")
    _index_revisions("back_to", "back_to IS NOT NULL")
    op.add_column("sources", sa.Column("removed_at", sa.DateTime(timezone=True), nullable=True))
    op.add_column("sources", sa.Column("replaced_by", sa.Uuid(), nullable=True))
    op.create_foreign_key(
        op.f("fk_sources_replaced_by_sources"), "sources", "sources", ["replaced_by"], ["id"], ondelete="SET NULL"
    )


def _index_revisions(name: str, where: str) -> None:
    columns = ["course_id", "number"]
    op.create_index(f"ix_revisions_{name}", "revisions", columns, unique=False, postgresql_where=sa.text(where))


def _tell_redos_from_undos() -> None:
    """Until now an undo of an undo was a redo, and an undo of that an undo again."""
    op.execute(
        """
        WITH RECURSIVE steps (course_id, number, root, depth) AS (
            SELECT course_id, number, number, 0 FROM revisions WHERE undoes IS NULL
            UNION ALL
            SELECT it.course_id, it.number, steps.root, steps.depth + 1
            FROM revisions AS it JOIN steps ON steps.course_id = it.course_id AND steps.number = it.undoes
        )
        UPDATE revisions AS it
        SET turns = jsonb_build_array(CASE WHEN depth % 2 = 1 THEN -steps.root ELSE steps.root END),
            redoes = CASE WHEN depth % 2 = 0 THEN it.undoes END,
            undoes = CASE WHEN depth % 2 = 1 THEN steps.root END
        FROM steps WHERE steps.course_id = it.course_id AND steps.number = it.number AND depth > 0
        """
    )
    # The last word on each change: an undo, or a redo.
    op.execute(
        """
        UPDATE revisions AS it SET undone_by = word.number
        FROM (
            SELECT DISTINCT ON (course_id, root) course_id, abs((turns -> 0)::int) AS root, number, undoes
            FROM revisions WHERE turns IS NOT NULL ORDER BY course_id, root, number DESC
        ) AS word
        WHERE word.course_id = it.course_id AND it.number < word.number
            AND (abs((it.turns -> 0)::int) = word.root OR (word.undoes IS NOT NULL AND it.number = word.root))
        """
    )


def downgrade() -> None:
    op.drop_constraint(op.f("fk_sources_replaced_by_sources"), "sources", type_="foreignkey")
    op.drop_column("sources", "replaced_by")
    op.drop_column("sources", "removed_at")
    op.drop_column("members", "told_at")
    for index in ("back_to", "undos", "standing", "course_id_at"):
        op.drop_index(f"ix_revisions_{index}", table_name="revisions")
    # Before, an undo of an undo was how to redo.
    op.execute("UPDATE revisions SET undoes = redoes WHERE redoes IS NOT NULL")
    for column in ("turns", "back_to", "redoes", "undone_by"):
        op.drop_column("revisions", column)
    op.drop_column("courses", "budget_usd")
    op.drop_column("conversations", "review")
    op.execute("UPDATE usage SET cost_usd = 0 WHERE cost_usd IS NULL")
    op.alter_column("usage", "cost_usd", type_=sa.Numeric(precision=12, scale=6), nullable=False)
    op.drop_index(op.f("ix_holds_course_id"), table_name="holds")
    op.drop_table("holds")
    op.drop_index(op.f("ix_draft_failures_course_id"), table_name="draft_failures")
    op.drop_table("draft_failures")
    op.drop_index(op.f("ix_proposals_course_id"), table_name="proposals")
    op.drop_table("proposals")
    op.drop_index(op.f("ix_invitations_email"), table_name="invitations")
    op.drop_table("invitations")
    op.drop_index(op.f("ix_exports_course_id"), table_name="exports")
    op.drop_table("exports")
