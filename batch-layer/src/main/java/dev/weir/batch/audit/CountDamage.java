package dev.weir.batch.audit;

import dev.weir.batch.reconcile.Check;

/** Counters that do not add up. Nothing says which of them is wrong. */
public record CountDamage(Check check) implements Damage {}
