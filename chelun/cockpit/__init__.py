"""The cockpit: indicators that apps declare, by region and period, each number open to its rows."""
