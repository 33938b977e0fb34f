"""What Microsoft Teams is told about the app: texts, icons and the package's layout."""
