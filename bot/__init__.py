"""The conversation core: plain Python that knows no platform, no database and no HTTP."""
