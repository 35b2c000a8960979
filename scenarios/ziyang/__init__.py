"""The invented 紫阳县: two coverages – 8 firms with 349 staff, and 182 new-employment workers."""
