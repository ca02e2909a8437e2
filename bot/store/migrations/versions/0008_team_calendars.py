"""The address of a community's calendar belongs to whoever asked for it. Of those given before nobody knows who did:
they stop working, and the team is told."""

from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute(
        "INSERT INTO timer (account, kind, item, due_at, failures) "
        "SELECT account, 'rdv-team-calendar', community, MAX(created_at), 0 FROM calendar_link "
        "WHERE person IS NULL GROUP BY account, community"
    )
    op.execute("DELETE FROM calendar_link WHERE person IS NULL")


def downgrade() -> None:
    """What was asked for since belongs to the community again."""
    op.execute("UPDATE calendar_link SET person = NULL WHERE community IS NOT NULL")
    op.execute("DELETE FROM timer WHERE kind = 'rdv-team-calendar'")
