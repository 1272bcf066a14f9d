package io.stockobserver.route;

import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.List;
import javax.management.MBeanAttributeInfo;
import javax.management.MBeanFeatureInfo;
import javax.management.MBeanInfo;
import javax.management.MBeanOperationInfo;
import javax.management.MBeanParameterInfo;
import javax.management.StandardMBean;
import org.jspecify.annotations.Nullable;

/** An MXBean that tells what its interface's {@link Meaning}s say. Thread-safe as its bean is. */
final class Described extends StandardMBean {
  private final Class<?> face;

  /** Of a bean as its interface shows it. */
  <T> Described(T bean, Class<T> face) {
    super(bean, face, true);
    this.face = face;
  }

  @Override
  protected String getDescription(MBeanInfo info) {
    Meaning meaning = face.getAnnotation(Meaning.class);
    return meaning == null ? info.getDescription() : meaning.value();
  }

  @Override
  protected String getDescription(MBeanAttributeInfo info) {
    return said(List.of("get" + info.getName(), "is" + info.getName()), info);
  }

  @Override
  protected String getDescription(MBeanOperationInfo info) {
    return said(List.of(info.getName()), info);
  }

  @Override
  protected String getDescription(MBeanOperationInfo act, MBeanParameterInfo info, int number) {
    return getParameterName(act, info, number);
  }

  @Override
  protected String getParameterName(MBeanOperationInfo act, MBeanParameterInfo info, int number) {
    Method method = method(List.of(act.getName()));
    Meaning name =
        method == null ? null : method.getParameters()[number].getAnnotation(Meaning.class);
    return name == null ? info.getName() : name.value();
  }

  private String said(List<String> names, MBeanFeatureInfo info) {
    Method method = method(names);
    Meaning meaning = method == null ? null : method.getAnnotation(Meaning.class);
    return meaning == null ? info.getDescription() : meaning.value();
  }

  private @Nullable Method method(List<String> names) {
    return Arrays.stream(face.getMethods())
        .filter(method -> names.contains(method.getName()))
        .findFirst()
        .orElse(null);
  }
}
