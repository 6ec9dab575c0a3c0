"""Care of an archive: merging, forgetting, making derived files again, and what that means for runs."""
