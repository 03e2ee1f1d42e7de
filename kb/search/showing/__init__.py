"""What is shown of an entry that was found."""
