"""What drafts: the engine protocol, Argos packages, their store, the queue and the guards."""
