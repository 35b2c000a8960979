"""The invented 招远市: couriers, truck and ride-hail drivers of more than 300 firms, 107 of them above scale."""
