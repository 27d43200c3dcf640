"""The public door, and behind it what the custodian and those who ask them see."""
