"""Small employers, the job count and the quota levy: Wfsv, Besluit Wfsv, Regeling Wfsv."""
