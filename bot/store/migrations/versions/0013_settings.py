"""All that a team sets for its community is in one table; what it had set of mutual help goes there."""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None

KEYS = {"first_group": "vague1", "second_group": "vague2", "next_group": "delai-vague2"}
OLD, NEW = "help-delay", "setting-delai-vague2"


def upgrade() -> None:
    _create("community_setting", "key", references=True)
    _copy("help_setting", "name", "community_setting", "key", KEYS)
    op.drop_table("help_setting")
    _rename_changes(OLD, NEW, {"delay": "value"})


def downgrade() -> None:
    """Settings that were unknown before are lost."""
    _create("help_setting", "name", references=False)
    _copy("community_setting", "key", "help_setting", "name", {new: old for old, new in KEYS.items()})
    op.drop_table("community_setting")
    _rename_changes(NEW, OLD, {"value": "delay"})
    op.execute("DELETE FROM undo WHERE verb LIKE 'setting-%'")


def _create(table: str, key: str, *, references: bool) -> None:
    foreign = sa.ForeignKeyConstraint(["community"], ["community.slug"], name=f"fk_{table}_community")
    op.create_table(
        table,
        sa.Column("community", sa.String(), nullable=False),
        sa.Column(key, sa.String(), nullable=False),
        sa.Column("value", sa.String(), nullable=False),
        *([foreign] if references else []),
        sa.PrimaryKeyConstraint("community", key, name=f"pk_{table}"),
    )


def _copy(source: str, from_key: str, target: str, to_key: str, keys: dict[str, str]) -> None:
    for old, new in keys.items():
        copied = sa.text(
            f"INSERT INTO {target} (community, {to_key}, value) SELECT community, :new, value FROM {source} "
            f"WHERE {from_key} = :old AND community IN (SELECT slug FROM community)"
        )
        op.execute(copied.bindparams(old=old, new=new))


def _rename_changes(old: str, new: str, fields: dict[str, str]) -> None:
    """What the team can still take back is named, and described, in the new way."""
    undo = sa.table(
        "undo",
        sa.column("id", sa.Integer),
        sa.column("verb", sa.String),
        sa.column("arguments", sa.JSON),
        sa.column("expects", sa.JSON),
    )
    connection = op.get_bind()
    for row in connection.execute(sa.select(undo).where(undo.c.verb == old)).mappings().all():
        named = {name: {fields.get(k, k): v for k, v in row[name].items()} for name in ("arguments", "expects")}
        connection.execute(undo.update().where(undo.c.id == row["id"]).values(verb=new, **named))
