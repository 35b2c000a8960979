"""The platform: audit, regions, accounts, privacy, jobs, sheets (lowest first). Nothing here knows a person's register."""
