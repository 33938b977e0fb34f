"""What has been kept long enough goes every night; the log holds the proof, by region and class."""

from __future__ import annotations

from bot.timer import Post, Timer, rule
from storage import privacy


@rule(privacy.KIND, texts={})
def forget(post: Post, due: Timer) -> None:
    del due
    post.do("retention", privacy.run_and_log, post.now)
    post.do("retention-next", privacy.next_night, post.now)
