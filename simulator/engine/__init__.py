"""What takes time: SimPy processes over the domain's records. The only importer of SimPy."""
