"""Files in, objects out; objects in, files out."""
