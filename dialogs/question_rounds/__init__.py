"""The same questions to every municipality: sent, answered, followed and put together."""
