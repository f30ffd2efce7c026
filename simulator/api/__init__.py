"""CloudStack's command language over a World."""
