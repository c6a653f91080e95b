// Mathematics
