"""What is kept: tables, queries, and every operation that must hold under concurrency.

A query or operation is a plain function whose first parameter is a `sqlalchemy.Connection`. The
same function runs on SQLite and PostgreSQL; `storage.session` decides on which thread and when.
"""
