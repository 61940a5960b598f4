package dev.weir.serving.http;

/**
 * What is wrong with one query parameter.
 *
 * @param remedy what to send instead
 */
public record ParameterProblem(String parameter, String problem, String remedy) {}
