package dev.weir.serving.migrate;

/** The declaration of a shop's pipeline with one cube, as text. */
public final class ShopDeclaration {
  private static final String TEXT =
      """
      pipeline: shop
      sources:
        - {name: clicks, topic: clicks, format: json}
      event:
        id: event_id
        time: timestamp
        dimensions: [event_type, country]
        numbers: [{name: value, scale: 2, min: 0, max: 1000}]
      cubes:
        - name: traffic
          dimensions: [%s]
          measures: [count, {value: [sum]}]
      """;

  private ShopDeclaration() {}

  /** Whose cube has these dimensions: {@code event_type}, {@code country} or both. */
  public static String by(String dimensions) {
    return TEXT.formatted(dimensions);
  }
}
