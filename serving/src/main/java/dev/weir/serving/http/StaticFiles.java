package dev.weir.serving.http;

import org.springframework.context.annotation.Configuration;
import org.springframework.http.CacheControl;
import org.springframework.web.servlet.config.annotation.ResourceHandlerRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/**
 * The dashboard, the API's page and the libraries of both. A browser keeps them, and asks each time
 * whether they have changed.
 */
@Configuration(proxyBeanMethods = false)
class StaticFiles implements WebMvcConfigurer {
  @Override
  public void addResourceHandlers(ResourceHandlerRegistry registry) {
    serve(registry, "/**", "classpath:/static/");
    serve(registry, "/webjars/**", "classpath:/META-INF/resources/webjars/");
  }

  private static void serve(ResourceHandlerRegistry registry, String paths, String folder) {
    CompressedFiles files = new CompressedFiles();
    registry
        .addResourceHandler(paths)
        .addResourceLocations(folder)
        .setCacheControl(CacheControl.noCache())
        .setUseLastModified(false)
        .setEtagGenerator(files::tag)
        .resourceChain(false)
        .addResolver(files);
  }
}
