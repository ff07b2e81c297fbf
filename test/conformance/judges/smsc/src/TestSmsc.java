import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Date;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jsmpp.PDUStringException;
import org.jsmpp.bean.*;
import org.jsmpp.extra.ProcessRequestException;
import org.jsmpp.session.*;
import org.jsmpp.session.connection.ServerConnection;
import org.jsmpp.session.connection.ServerConnectionFactory;
import org.jsmpp.session.connection.socket.ServerSocketConnection;
import org.jsmpp.util.DeliveryReceiptState;
import org.jsmpp.util.MessageId;

/**
 * An SMSC on the loopback address, over jsmpp: TestSmsc PORT MESSAGES-PER-SECOND before|after
 *
 * Refuses with ESME_RTHROTTLED above its rate, tells on standard output every message that it took (in Base64), and
 * sends the receipt before or after the answer.
 */
public class TestSmsc {
  static final int THROTTLED = 0x58;
  static final int REFUSED = 0x0b;

  public static void main(String[] arguments) throws Exception {
    int port = Integer.parseInt(arguments[0]);
    int perSecond = Integer.parseInt(arguments[1]);
    boolean isReceiptFirst = arguments[2].equals("before");
    ScheduledExecutorService later = Executors.newScheduledThreadPool(4);
    AtomicInteger second = new AtomicInteger();
    later.scheduleAtFixedRate(() -> second.set(0), 1, 1, TimeUnit.SECONDS);
    SMPPServerSessionListener listener = new SMPPServerSessionListener(port, new Loopback());
    listener.setTimeout(0);
    System.out.println("listening");
    while (true) {
      SMPPServerSession session = listener.accept();
      session.setMessageReceiverListener(
          new Refusing() {
            @Override
            public SubmitSmResult onAcceptSubmitSm(SubmitSm message, SMPPServerSession from)
                throws ProcessRequestException {
              if (second.incrementAndGet() > perSecond) {
                say("throttled");
                throw new ProcessRequestException("throttled", THROTTLED);
              }
              byte[] text = message.getShortMessage();
              if (new String(text, StandardCharsets.ISO_8859_1).startsWith("refuse")) {
                throw new ProcessRequestException("refused", REFUSED);
              }
              String id = UUID.randomUUID().toString().replace("-", "").substring(0, 16);
              say("taken " + message.getDataCoding() + " " + Base64.getEncoder().encodeToString(text));
              if (message.getRegisteredDelivery() != 0) {
                if (isReceiptFirst) receipt(from, message, id);
                else later.schedule(() -> receipt(from, message, id), 50, TimeUnit.MILLISECONDS);
              }
              try {
                return new SubmitSmResult(new MessageId(id), new OptionalParameter[0]);
              } catch (PDUStringException error) {
                throw new ProcessRequestException("id", 8);
              }
            }
          });
      later.execute(() -> bind(session));
    }
  }

  static void bind(SMPPServerSession session) {
    try {
      BindRequest bind = session.waitForBind(5000);
      if ("secret".equals(bind.getPassword())) bind.accept("smsc");
      else bind.reject(0x0e);
    } catch (Exception error) {
      say("bind " + error.getClass().getSimpleName());
    }
  }

  static void receipt(SMPPServerSession to, SubmitSm message, String id) {
    try {
      String text =
          new DeliveryReceipt(id, 1, 1, new Date(), new Date(), DeliveryReceiptState.DELIVRD, "000", "").toString();
      to.deliverShortMessage(
          "",
          TypeOfNumber.INTERNATIONAL,
          NumberingPlanIndicator.ISDN,
          message.getDestAddress(),
          TypeOfNumber.ALPHANUMERIC,
          NumberingPlanIndicator.UNKNOWN,
          message.getSourceAddr(),
          new ESMClass(MessageMode.DEFAULT, MessageType.SMSC_DEL_RECEIPT, GSMSpecificFeature.DEFAULT),
          (byte) 0,
          (byte) 0,
          new RegisteredDelivery(0),
          DataCodings.ZERO,
          text.getBytes(StandardCharsets.ISO_8859_1),
          new OptionalParameter.Receipted_message_id(id),
          new OptionalParameter.Message_state((byte) 2));
      say("receipted");
    } catch (Exception error) {
      say("receipt " + error.getClass().getSimpleName());
    }
  }

  static synchronized void say(String line) {
    System.out.println(line);
  }

  static class Loopback implements ServerConnectionFactory {
    public ServerConnection listen(int port) throws IOException {
      return new ServerSocketConnection(new ServerSocket(port, 50, InetAddress.getLoopbackAddress()));
    }

    public ServerConnection listen(int port, int timeout) throws IOException {
      return listen(port);
    }

    public ServerConnection listen(int port, int timeout, int backlog) throws IOException {
      return listen(port);
    }
  }

  abstract static class Refusing implements ServerMessageReceiverListener {
    static final ProcessRequestException NOT_HERE = new ProcessRequestException("no", 3);

    public SubmitMultiResult onAcceptSubmitMulti(SubmitMulti message, SMPPServerSession from)
        throws ProcessRequestException {
      throw NOT_HERE;
    }

    public QuerySmResult onAcceptQuerySm(QuerySm message, SMPPServerSession from) throws ProcessRequestException {
      throw NOT_HERE;
    }

    public void onAcceptReplaceSm(ReplaceSm message, SMPPServerSession from) throws ProcessRequestException {
      throw NOT_HERE;
    }

    public void onAcceptCancelSm(CancelSm message, SMPPServerSession from) throws ProcessRequestException {
      throw NOT_HERE;
    }

    public BroadcastSmResult onAcceptBroadcastSm(BroadcastSm message, SMPPServerSession from)
        throws ProcessRequestException {
      throw NOT_HERE;
    }

    public void onAcceptCancelBroadcastSm(CancelBroadcastSm message, SMPPServerSession from)
        throws ProcessRequestException {
      throw NOT_HERE;
    }

    public QueryBroadcastSmResult onAcceptQueryBroadcastSm(QueryBroadcastSm message, SMPPServerSession from)
        throws ProcessRequestException {
      throw NOT_HERE;
    }

    public DataSmResult onAcceptDataSm(DataSm message, Session from) throws ProcessRequestException {
      throw NOT_HERE;
    }
  }
}
