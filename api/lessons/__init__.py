"""Taking a lesson: sections read and checks answered."""
