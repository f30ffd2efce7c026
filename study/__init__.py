"""What-if load studies on the engine that passes the specification."""
