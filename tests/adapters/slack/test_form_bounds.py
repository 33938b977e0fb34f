"""What a signed but odd form carries never becomes an error of the server."""

from adapters.slack.form import place_of


def test_deeply_nested_metadata_is_not_ours():
    assert place_of({"private_metadata": "[" * 5000}).token == ""
