"""Archives: what a county knows as one sealed file of open tables, and joining it into another installation."""
