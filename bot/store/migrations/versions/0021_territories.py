"""Meet-ups are for a territory, and people subscribe to one."""

import sqlalchemy as sa
from alembic import op

revision = "0021"
down_revision = "0020"
SAME = ["person", "community", "what", "kind", "topic"]


def upgrade() -> None:
    op.add_column("meetup_series", sa.Column("territory", sa.String(), nullable=True))
    with op.batch_alter_table("subscription") as batch:
        batch.add_column(sa.Column("territory", sa.String(), nullable=False, server_default=""))
        batch.drop_constraint("uq_subscription_person_community_what_kind_topic", type_="unique")
        batch.create_unique_constraint(
            "uq_subscription_person_community_what_kind_topic_territory", [*SAME, "territory"]
        )


def downgrade() -> None:
    """Subscriptions to a territory end: the older program would send news of everywhere."""
    subscription = sa.table("subscription", sa.column("territory"))
    op.execute(sa.delete(subscription).where(subscription.c.territory != ""))
    with op.batch_alter_table("subscription") as batch:
        batch.drop_constraint("uq_subscription_person_community_what_kind_topic_territory", type_="unique")
        batch.create_unique_constraint("uq_subscription_person_community_what_kind_topic", SAME)
        batch.drop_column("territory")
    op.drop_column("meetup_series", "territory")
