"""What each capability brings to the room."""
