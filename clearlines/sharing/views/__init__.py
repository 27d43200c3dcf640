"""The pages of this room, by what somebody came to do."""
