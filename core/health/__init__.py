"""Is it alive, is it ready, does a worker work: for proxies, containers and monitoring."""
