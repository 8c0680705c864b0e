"""`katip teach`: a person walks through the procedure once, the robot watches and writes the portal's file."""
