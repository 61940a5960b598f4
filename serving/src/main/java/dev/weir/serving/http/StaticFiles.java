package dev.weir.serving.http;

import java.time.Duration;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.CacheControl;
import org.springframework.web.servlet.config.annotation.ResourceHandlerRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;
import org.springframework.web.servlet.resource.ResourceResolver;

/**
 * The dashboard, the API's page and the libraries of both. A browser keeps the files that the
 * dashboard's page names for good, since their addresses change with them; of all else it asks each
 * time whether it has changed.
 */
@Configuration(proxyBeanMethods = false)
class StaticFiles implements WebMvcConfigurer {
  private static final String STATIC = "classpath:/static/";
  private static final String LIBRARIES = "classpath:/META-INF/resources/webjars/";

  @Override
  public void addResourceHandlers(ResourceHandlerRegistry registry) {
    DashboardRelease release = DashboardRelease.ofClasspath();
    CacheControl asking = CacheControl.noCache();
    serve(registry, "/**", STATIC, asking, new NamesRelease(release));
    serve(registry, "/webjars/**", LIBRARIES, asking);
    CacheControl forGood = CacheControl.maxAge(Duration.ofDays(365)).cachePublic().immutable();
    serve(registry, release.address("/js/**"), STATIC + "js/", forGood);
    serve(registry, release.address("/css/**"), STATIC + "css/", forGood);
    serve(registry, release.address("/webjars/**"), LIBRARIES, forGood);
  }

  private static void serve(
      ResourceHandlerRegistry registry,
      String paths,
      String folder,
      CacheControl keeping,
      ResourceResolver... more) {
    CompressedFiles files = new CompressedFiles();
    var chain =
        registry
            .addResourceHandler(paths)
            .addResourceLocations(folder)
            .setCacheControl(keeping)
            .setUseLastModified(false)
            .setEtagGenerator(files::tag)
            .resourceChain(false)
            .addResolver(files);
    for (ResourceResolver resolver : more) {
      chain.addResolver(resolver);
    }
  }
}
