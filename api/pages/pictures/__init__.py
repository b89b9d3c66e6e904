"""Pictures drawn by the server: who does what to whom, in columns, and what happened when."""
