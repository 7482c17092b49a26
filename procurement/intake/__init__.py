"""Tables that procurement takes in."""
