"""Bytes to members: copied with their digest, recognised by content, unpacked within bounds."""
