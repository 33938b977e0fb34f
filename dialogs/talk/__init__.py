"""Talk about talking: help, greetings, language."""
