"""What an auditor gets: records, pictures, seal, verification, report. Imports neither Robot nor Browser."""
