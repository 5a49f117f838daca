"""What the people who run the bot see of it: counts and kinds, never what somebody wrote."""
