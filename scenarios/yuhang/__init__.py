"""The invented 余杭区: freight firms just above and just below 50 vehicles, their vehicles and drivers."""
