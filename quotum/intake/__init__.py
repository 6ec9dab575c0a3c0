"""From deliveries to checked tables: recognising, reading, checking, rejecting."""
