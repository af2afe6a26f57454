"""What the demo stands on: a private desktop, a private sound server, and hands for the windows."""
